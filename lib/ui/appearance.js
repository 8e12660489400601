/* The page's language, Streamlit's own fixed words in Chinese, and light or dark ground. */
const WORDS = {
  "Accounting": "会计格式",
  "All selected options have been cleared.": "已全部清除。",
  "App pages": "各页",
  "Automatic": "自动",
  "Autosize": "列宽适应内容",
  "Calendar": "日历格式",
  "Choose an option": "请选择",
  "Choose options": "请选择",
  "Choose date": "选择日期",
  "Choose date range": "选择起止日期",
  "Clear all": "全部清除",
  "Clear date": "清除日期",
  "Clear entry": "清除",
  "Clear selection": "取消选中",
  "Clear value": "清除",
  "Close": "关闭",
  "Close Search": "关闭查找",
  "Close fullscreen": "退出全屏",
  "Collapse sidebar": "收起侧栏",
  "Compact": "缩写",
  "Connection error": "连接断开",
  "Connection lost. Please wait for the app to reconnect, then try again.": "连接断开，重新连上后再试。",
  "Copied": "已复制",
  "Copy": "复制",
  "Copy column name": "复制列名",
  "Dataframe column menu": "列的菜单",
  "Decrement": "减少",
  "Distance": "距今多久",
  "Dollar": "美元",
  "Download as CSV": "下载 CSV",
  "Duration": "时长",
  "Euro": "欧元",
  "Expand sidebar": "展开侧栏",
  "Format": "数字格式",
  "Fullscreen": "全屏",
  "Hide column": "隐藏这一列",
  "Increment": "增加",
  "Invalid input.": "填得不对。",
  "Link to heading": "本节链接",
  "Loading...": "正在读取",
  "Localized": "按本地习惯",
  "Logo": "对标台",
  "Multiselect options": "选项",
  "Navigate to home page": "回到首页",
  "Next Result": "下一个",
  "No data": "没有数据",
  "No options": "没有选项",
  "No results": "没有找到",
  "Number is above the allowed range.": "超过最大值。",
  "Number is below the allowed range.": "低于最小值。",
  "Open": "展开",
  "Page not found": "没有这一页",
  "Percent": "百分比",
  "Pin column": "固定这一列",
  "Plain": "原样",
  "Previous Result": "上一个",
  "Scientific": "科学记数",
  "Scrollable table": "可以滚动的表",
  "Search": "查找",
  "Select all": "全选",
  "Select...": "请选择",
  "Selectbox options": "选项",
  "Selected values": "已选",
  "Show chart": "看图",
  "Show data": "看数据",
  "Show/hide columns": "显示、隐藏列",
  "Sidebar": "侧栏",
  "Skip to main content": "跳到正文",
  "Sort ascending": "从小到大",
  "Sort descending": "从大到小",
  "Statistics": "统计",
  "Type to search": "输入文字查找",
  "Unpin column": "不再固定",
  "Upload": "上传",
  "Yen": "日元",
  "file upload": "上传文件",
  "info icon": "说明",
  "warning icon": "提醒",
};
const RANGE = [
  [/^(?:Error: )?Number is outside the allowed range\. Please enter a value between (\S+) and (\S+?)\.?$/, "填的数超出范围，请填 $1 到 $2。"],
  [/^(?:Error: )?Number is above the allowed range\. Please enter a value less than or equal to (\S+?)\.?$/, "填的数太大，请填不大于 $1 的数。"],
  [/^(?:Error: )?Number is below the allowed range\. Please enter a value greater than or equal to (\S+?)\.?$/, "填的数太小，请填不小于 $1 的数。"],
];
const PRESS = /^Press (\S+) to (apply|submit form|add)$/;
const LABELS = ["aria-label", "title", "placeholder", "alt"];
// What people and data say is left alone: running text, tables, charts, what is typed.
const OTHERS = "[data-testid=stMarkdownContainer], table, svg, canvas, code, pre, textarea, style, script";

function chinese(words) {
  const pressed = words.match(PRESS);
  if (pressed) return `按 ${pressed[1]} ${pressed[2] === "submit form" ? "提交" : "确认"}`;
  if (Object.hasOwn(WORDS, words)) return WORDS[words];
  const [range, chosen] = RANGE.find(([range]) => range.test(words)) ?? [];
  return range ? words.replace(range, chosen) : words;
}

function said(node) {
  const words = node.data.trim();
  const better = chinese(words);
  if (better !== words && !node.parentElement?.closest(OTHERS)) node.data = node.data.replace(words, better);
}

function labelled(element) {
  for (const name of LABELS) {
    const words = element.getAttribute(name);
    if (words && chinese(words) !== words) element.setAttribute(name, chinese(words));
  }
}

function every(root) {
  if (root.nodeType === Node.TEXT_NODE) return said(root);
  if (root.nodeType !== Node.ELEMENT_NODE || root.closest(OTHERS)) return;
  labelled(root);
  for (const child of root.childNodes) every(child);
}

function watch() {
  document.documentElement.lang = "zh-CN";
  if (window.duibiaoWords) return;
  window.duibiaoWords = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") labelled(target);
      else if (type === "characterData") said(target);
      else addedNodes.forEach(every);
    }
  });
  window.duibiaoWords.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: LABELS,
  });
  every(document.body);
}

// Streamlit reads its theme once, when a page is loaded, from a key that has the page's path in it.
function turn({ wanted, paths }) {
  const name = JSON.stringify(wanted === "dark" ? "Dark" : "Light");
  const shown = getComputedStyle(document.querySelector(".stApp")).colorScheme;
  const base = location.pathname.replace(/[^/]*$/, "");
  for (const path of paths) localStorage.setItem(`stActiveTheme-${base}${path}-v2`, name);
  if (shown !== wanted) location.reload();
}

// Where a log-in has ended, the server takes no more of this page: the reader logs in again and comes back to it.
const ASK_AGAIN = 3000;

async function ended() {
  if (document.querySelector("[data-testid=stApp]")?.dataset.testConnectionState === "CONNECTED") return;
  const answer = await fetch("/_stcore/host-config", { cache: "no-store" }).catch(() => null);
  if (answer?.status !== 401) return;
  location.replace(`/login?ended=1&next=${encodeURIComponent(location.pathname + location.search)}`);
}

export default function ({ data }) {
  watch();
  window.duibiaoEnded ??= setInterval(ended, ASK_AGAIN);
  if (data.wanted) turn(data);
}
