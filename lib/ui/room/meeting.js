// The keys of a meeting. Where one stands is counted here, so that keys pressed faster than the server answers are not lost.
export default function ({ data, setStateValue, setTriggerValue, parentElement }) {
  const state = (parentElement.state ??= { digits: "", waiting: 0 });
  // A run that a later key has overtaken may still arrive: it does not take one back, a click does.
  if (data.clicks !== state.clicks || Date.now() - state.waiting > 2000)
    Object.assign(state, { at: data.at, focus: data.focus, clicks: data.clicks });
  state.send = (name, value) => {
    state.waiting = Date.now();
    setStateValue(name, { to: value, when: state.waiting });
  };
  state.open = () => setTriggerValue("open", state.at);
  state.data = data;
  if (state.stop) return state.stop;
  const dark = document.createElement("div");
  dark.className = "meeting-dark";
  const go = (to) => {
    const at = Math.min(Math.max(to, 1), state.data.count);
    if (at === state.at) return;
    state.at = at;
    state.send("screen", at);
  };
  const point = (step) => {
    const places = state.data.places, now = places.indexOf(state.focus);
    state.focus = places[(now + step + places.length) % places.length];
    state.send("focus", state.focus);
  };
  const keys = {
    ArrowRight: () => go(state.at + 1), " ": () => go(state.at + 1), PageDown: () => go(state.at + 1),
    ArrowLeft: () => go(state.at - 1), PageUp: () => go(state.at - 1), Backspace: () => go(state.at - 1),
    Home: () => go(1), End: () => go(state.data.count),
    ArrowUp: () => point(-1), ArrowDown: () => point(1),
    Enter: () => { if (state.digits) go(Number(state.digits)); else state.open(); },
    b: () => { if (dark.isConnected) dark.remove(); else document.body.append(dark); },
    f: () => { if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen(); },
  };
  keys.B = keys["."] = keys.b; keys.F = keys.f;
  const busy = (target) => target.closest("input, textarea, select, [contenteditable=true], [role=dialog], [role=listbox]")
    || document.querySelector("[data-testid=stPopoverBody]");
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || busy(event.target)) return;
    const onButton = event.target.closest("button, a");
    if (event.key === "Enter" && state.digits) { event.preventDefault(); keys.Enter(); state.digits = ""; return; }
    if (onButton && (event.key === "Enter" || event.key === " ")) return;
    if (/^[0-9]$/.test(event.key)) { state.digits = (state.digits + event.key).slice(-2); return; }
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
    state.digits = "";
  };
  let asleep;
  const wake = () => {
    const bar = document.querySelector(".st-key-meeting-bar");
    bar?.classList.add("meeting-awake");
    clearTimeout(asleep);
    asleep = setTimeout(() => bar?.classList.remove("meeting-awake"), 2500);
  };
  // A button that was clicked on with the mouse does not keep the keys for itself.
  const clicked = (event) => {
    if (event.detail && event.target.closest(".st-key-meeting-bar button")) setTimeout(() => document.activeElement?.blur());
  };
  document.addEventListener("click", clicked);
  document.addEventListener("mousemove", wake);
  document.addEventListener("keydown", press, true);
  state.stop = () => {
    document.removeEventListener("click", clicked);
    document.removeEventListener("mousemove", wake);
    document.removeEventListener("keydown", press, true);
    dark.remove();
    delete state.stop;
  };
  return state.stop;
}
