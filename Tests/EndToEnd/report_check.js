// Put into copies of the report by report.sh: tells the page around it what is wrong with the report.
addEventListener("load", () => {
  const faults = [];
  const root = document.documentElement;
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  if (root.scrollWidth > innerWidth) {
    const wide = [...document.querySelectorAll("body *")].filter(
      (element) =>
        element.getBoundingClientRect().right > innerWidth + 0.5 && !element.closest(".scroll, pre"));
    faults.push(`the page is ${root.scrollWidth} wide in a window of ${innerWidth}: ` +
      wide.slice(0, 3).map((element) => `${element.tagName}.${element.className}`).join(", "));
  }

  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  if (new Set(ids).size < ids.length) faults.push("an id stands twice");
  for (const svg of document.querySelectorAll("svg")) {
    const names = (svg.getAttribute("aria-labelledby") ?? "").split(" ");
    const label = svg.getAttribute("aria-label") ?? document.getElementById(names[0])?.textContent;
    if (svg.getAttribute("role") !== "img" || !label) faults.push("a drawing without a text");
  }
  for (const box of document.querySelectorAll(".scroll, pre"))
    if (box.tabIndex !== 0 || !box.getAttribute("aria-label"))
      faults.push("a box that scrolls and cannot be reached by keyboard");
  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) faults.push(`${heading.tagName} after H${level}: ${heading.textContent}`);
    level = next;
  }

  // Contrast by WCAG 2.1, 1.4.3: 4.5 for text of ordinary size.
  const channels = (color) => color.match(/[\d.]+/g).map(Number);
  const luminance = (color) => {
    const [r, g, b] = color.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const background = (element) => {
    for (; element; element = element.parentElement) {
      const color = channels(getComputedStyle(element).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const pale = new Set();
  for (const element of document.querySelectorAll("main *")) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    const style = getComputedStyle(element);
    if (element.matches("title, desc") || style.display === "none") continue;
    const ink = element instanceof SVGElement ? style.fill : style.color;
    const [a, b] = [luminance(channels(ink).slice(0, 3)), luminance(background(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) pale.add(`${element.tagName}.${element.className.baseVal ?? element.className} has a contrast of ${ratio.toFixed(2)}`);
  }
  faults.push(...[...pale].slice(0, 5));

  parent.postMessage(JSON.stringify({
    width: innerWidth, dark: matchMedia("(prefers-color-scheme: dark)").matches,
    height: root.scrollHeight, faults,
  }), "*");
});
