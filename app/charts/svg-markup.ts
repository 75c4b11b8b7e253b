/** What of an element's look comes from style sheets and variables, which do not reach into a picture. */
const inherited = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "fill-opacity",
  "stroke-opacity",
  "visibility",
  "display",
] as const;

/** An SVG as it looks now, standing by itself: every colour resolved, and its texts left out, which are painted apart. */
export function svgMarkup(svg: SVGSVGElement, { width, height }: { width: number; height: number }): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const copies = copy.querySelectorAll("*");
  settle(svg, copy);
  svg.querySelectorAll("*").forEach((element, at) => {
    const twin = copies[at];
    if (twin !== undefined) settle(element, twin);
  });
  for (const text of copy.querySelectorAll("text, title, desc")) text.remove();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  return new XMLSerializer().serializeToString(copy);
}

function settle(element: Element, copy: Element): void {
  const style = getComputedStyle(element);
  for (const name of inherited) copy.setAttribute(name, style.getPropertyValue(name));
  copy.removeAttribute("style");
  copy.removeAttribute("class");
}
