// Lives in the page, outside what the server redraws: turns the screens by the clock, and mends what breaks.
const TICK = 250, IDLE = 3000, HINT = 10000, BRIGHT = 60000, HOUR = 3600000;
// A browser keeps some 7 KiB of every chart that is gone: once a day the page is loaded afresh.
const FRESH = 24 * HOUR;
const LEAST_SILENCE = 15000, FIRST_PAUSE = 2000, LONGEST_PAUSE = 30000;

const china = () => new Date(Date.now() + 8 * HOUR).toISOString();
const hourAndMinute = () => china().slice(11, 16);

export default function ({ data }) {
  const root = document.documentElement;
  const every = data.every * 1000, silence = Math.max(3 * every, LEAST_SILENCE);
  const wall = document.createElement("div");
  wall.className = "wall";
  wall.innerHTML = `<div class="wall-head"><span class="wall-said"></span><span class="wall-count"></span>
    <time class="wall-clock"></time></div><div class="wall-veil"></div><div class="wall-line"><i></i></div>
    <div class="wall-lost" hidden></div><div class="wall-hint">点一下屏幕或按 F 键，全屏显示</div>`;
  const part = (name) => wall.querySelector(`.wall-${name}`);
  const say = (name, words) => { if (part(name).textContent !== words) part(name).textContent = words; };
  document.body.append(wall);

  const opened = Date.now();
  let ahead = 0, beat = "", heard = opened, heardAt = hourAndMinute(), moved = opened, bright = 0;
  let pause = FIRST_PAUSE, asking = 0;

  const lost = () => Date.now() > heard + silence;
  const old = () => Date.now() > opened + FRESH;

  // Of the places drawn, the one whose turn it is; a screen that has not come yet leaves the last one standing.
  function turn() {
    const drawn = [...document.querySelectorAll(".wall-turn")].map((mark) => mark.dataset);
    if (!drawn.length) return;
    const latest = drawn.reduce((a, b) => (Number(a.at) > Number(b.at) ? a : b));
    if (latest.at !== beat) {
      beat = latest.at;
      heard = Date.now();
      heardAt = hourAndMinute();
      // The server's clock rules, so that walls turn together; a delay on the way is not a change of the clock.
      const now = Number(beat) - heard;
      if (Math.abs(now - ahead) > 1000) ahead = now;
    }
    const clock = Date.now() + ahead, due = Math.floor(clock / every);
    const past = drawn.filter((each) => Number(each.turn) <= due);
    const on = (past.length ? past : drawn).reduce((a, b) =>
      (Number(a.turn) > Number(b.turn)) === Boolean(past.length) ? a : b);
    const place = String(Number(on.turn) % 2);
    if (root.dataset.wall !== place) {
      root.dataset.wall = place;
      if (old() && !asking) asking = setTimeout(ask, 0);
    }
    say("said", on.said);
    say("count", on.count);
    part("line").firstChild.style.transform = `scaleX(${(clock % every) / every})`;
  }

  function look() {
    const now = Date.now(), hour = Number(china().slice(11, 13));
    say("clock", hourAndMinute());
    const [from, to] = data.dim || [0, 0];
    const night = from < to ? hour >= from && hour < to : hour >= from || hour < to;
    wall.classList.toggle("wall-night", Boolean(data.dim) && night && now > bright);
    part("hint").hidden = now > opened + HINT || Boolean(document.fullscreenElement);
    root.classList.toggle("wall-idle", now > moved + IDLE);
    const main = document.querySelector("[data-testid=stMain]");
    if (main) main.inert = true;
  }

  // The page is loaded again only when the server answers: a browser's own error page would stay for good.
  function mend() {
    part("lost").hidden = !lost();
    if (!lost()) {
      pause = FIRST_PAUSE;
      return;
    }
    say("lost", `连接中断，正在重连；画面停在 ${heardAt}`);
    if (asking) return;
    asking = setTimeout(ask, pause * (0.75 + Math.random() / 2));
    pause = Math.min(pause * 1.5, LONGEST_PAUSE);
  }

  async function ask() {
    try {
      const answer = await fetch(new URL("health", location.href), { cache: "no-store", signal: AbortSignal.timeout(10000) });
      if (answer.ok && (lost() || old())) location.reload();
    } catch {
      // Not yet: asked again after a longer pause.
    }
    asking = 0;
  }

  function fill() {
    if (!document.fullscreenElement) root.requestFullscreen?.().catch(() => {});
  }
  const listeners = {
    pointermove: () => { moved = Date.now(); },
    click: () => { bright = Date.now() + BRIGHT; fill(); look(); },
    keydown: (event) => { if (event.key === "f" || event.key === "F") fill(); },
  };
  for (const [name, act] of Object.entries(listeners)) document.addEventListener(name, act);
  const tick = () => { turn(); look(); mend(); };
  tick();
  const ticking = setInterval(tick, TICK);
  return () => {
    clearInterval(ticking);
    clearTimeout(asking);
    for (const [name, act] of Object.entries(listeners)) document.removeEventListener(name, act);
    wall.remove();
    delete root.dataset.wall;
    root.classList.remove("wall-idle");
    const main = document.querySelector("[data-testid=stMain]");
    if (main) main.inert = false;
  };
}
