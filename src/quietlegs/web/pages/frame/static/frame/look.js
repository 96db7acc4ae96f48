// The right theme before the first paint. The server knows it too; but a page that this phone kept since noon, or that
// stands open from the evening on, was made for another hour. No module: the page waits for it, so nothing flashes.
{
  const root = document.documentElement;
  const THEMES = ["night", "dark", "light"];
  const grounds = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  const [from, until] = (root.dataset.night ?? "").split(" ").map(Number);

  const chosen = () => /(?:^|; )theme=(\w+)/.exec(document.cookie)?.[1] ?? "";

  const shown = () => {
    if (THEMES.includes(chosen())) return chosen();
    const hour = new Date().getHours();
    return hour >= from || hour < until ? "night" : "auto";
  };

  const contrast = () => (/(?:^|; )contrast=more(?:;|$)/.test(document.cookie) ? "more" : "auto");

  /** @type {Record<string, string>} */
  const scheme = { auto: "dark light", night: "dark", dark: "dark", light: "light" };

  /**
   * @param {string} name
   * @param {string} content
   */
  const meta = (name, content) => {
    for (const one of document.head.querySelectorAll(`meta[name="${name}"]`)) one.setAttribute("content", content);
  };

  const look = () => {
    const theme = shown();
    root.dataset.contrast = contrast();
    if (root.dataset.theme === theme) return;
    root.dataset.theme = theme;
    meta("color-scheme", scheme[theme]);
    const device = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
    meta("theme-color", grounds[theme === "auto" ? device : theme] ?? "");
  };

  look();
  document.addEventListener("visibilitychange", look);
}
