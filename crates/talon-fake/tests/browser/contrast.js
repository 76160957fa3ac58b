// Visible texts whose contrast with what is behind them is below 4.5, as WCAG 2 (AA) counts it.
const parse = (color) => color.match(/[\d.]+/g).map(Number);
const luminance = (color) => {
  const [r, g, b] = parse(color).map((part) => part / 255).map((part) =>
    part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = (element) => {
  for (let it = element; it; it = it.parentElement) {
    const color = getComputedStyle(it).backgroundColor;
    if (!/, 0\)$/.test(color)) return color;
  }
  return "rgb(255, 255, 255)";
};
const low = [];
let seen = 0;
for (const element of document.body.querySelectorAll("*")) {
  const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
  if (!hasText || !element.checkVisibility({ visibilityProperty: true }) || ["STYLE", "SCRIPT", "NOSCRIPT"].includes(element.tagName)) continue;
  seen += 1;
  const [a, b] = [getComputedStyle(element).color, behind(element)].map(luminance).sort((x, y) => y - x);
  const contrast = (a + 0.05) / (b + 0.05);
  if (contrast < 4.5) low.push(`${element.className || element.tagName} "${element.textContent.trim().slice(0, 30)}" ${contrast.toFixed(2)}`);
}
return seen > 10 ? low : [`only ${seen} texts were seen`];
