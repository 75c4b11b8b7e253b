import { svgMarkup } from "./svg-markup.ts";

/** Pixels of the picture for one of the page: sharp on paper and on dense screens. */
const SCALE = 2;
const PADDING = 16;
const TITLE = { size: 15, line: 20 } as const;
/** What only means something under a pointer, or is a control. */
const LEFT_OUT = "button, input, select, [role=tooltip], .recharts-tooltip-wrapper";

type Brush = {
  readonly context: CanvasRenderingContext2D;
  /** where the chart's own corner is on the page and in the picture */
  readonly from: DOMRect;
  readonly top: number;
};

/**
 * A PNG of a chart as it is drawn now, in its present colours, under its title: its drawings, and every text and
 * coloured box beside them, at their places. Browser only.
 * @throws Error when the browser cannot paint it
 */
export async function paintChart(chart: HTMLElement, title: string): Promise<Blob> {
  const from = chart.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser cannot paint pictures.");
  const style = getComputedStyle(chart);
  const titleFont = `600 ${TITLE.size}px ${style.fontFamily}`;
  context.font = titleFont;
  const lines = wrapped(context, title, from.width);
  const top = PADDING + lines.length * TITLE.line + (lines.length > 0 ? 8 : 0);
  canvas.width = Math.ceil((from.width + 2 * PADDING) * SCALE);
  canvas.height = Math.ceil((top + from.height + PADDING) * SCALE);
  context.scale(SCALE, SCALE);
  context.fillStyle = colorOf("--surface", chart);
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.font = titleFont;
  context.fillStyle = style.color;
  context.textBaseline = "middle";
  lines.forEach((line, at) => {
    context.fillText(line, PADDING, PADDING + (at + 0.5) * TITLE.line);
  });
  const brush = { context, from, top };
  paintBoxes(chart, brush);
  for (const svg of chart.querySelectorAll("svg")) if (isShown(svg)) await paintSvg(svg, brush);
  paintTexts(chart, brush);
  return pngOf(canvas);
}

function colorOf(variable: string, element: HTMLElement): string {
  // A probe resolves light-dark() and variables to a colour that a canvas knows.
  const probe = document.createElement("span");
  probe.style.color = `var(${variable})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function isShown(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 1 && height > 1 && element.closest(LEFT_OUT) === null;
}

function placeOf(rect: DOMRect, { from, top }: Brush): { x: number; y: number } {
  return { x: rect.left - from.left + PADDING, y: rect.top - from.top + top };
}

function paintBoxes(chart: HTMLElement, brush: Brush): void {
  for (const element of chart.querySelectorAll<HTMLElement>("*")) {
    if (!(element instanceof HTMLElement) || !isShown(element)) continue;
    const { backgroundColor, opacity } = getComputedStyle(element);
    if (backgroundColor === "rgba(0, 0, 0, 0)" || backgroundColor === "transparent") continue;
    const rect = element.getBoundingClientRect();
    const { x, y } = placeOf(rect, brush);
    brush.context.globalAlpha = Number(opacity);
    brush.context.fillStyle = backgroundColor;
    brush.context.fillRect(x, y, rect.width, rect.height);
    brush.context.globalAlpha = 1;
  }
}

async function paintSvg(svg: SVGSVGElement, brush: Brush): Promise<void> {
  const rect = svg.getBoundingClientRect();
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgMarkup(svg, rect))}`;
  await image.decode();
  const { x, y } = placeOf(rect, brush);
  brush.context.drawImage(image, x, y, rect.width, rect.height);
}

/** Texts in the page's own typeface, which a picture inside a picture cannot load. */
function paintTexts(chart: HTMLElement, brush: Brush): void {
  const walker = document.createTreeWalker(chart, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent === null || parent.closest("title, desc, style") !== null || !isShown(parent)) continue;
    const { color, fill, fontWeight, fontSize, fontFamily, visibility, opacity } = getComputedStyle(parent);
    if (visibility === "hidden" || opacity === "0") continue;
    // The shorthand is empty where it cannot say everything, as with tabular figures.
    brush.context.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    brush.context.fillStyle = parent instanceof SVGElement ? fill : color;
    for (const { text, rect } of linesOf(node)) {
      const { x, y } = placeOf(rect, brush);
      brush.context.fillText(text, x, y + rect.height / 2);
    }
  }
}

/** A text as it was broken into lines. */
function linesOf(node: Node): { text: string; rect: DOMRect }[] {
  const range = document.createRange();
  const lines: { text: string; rect: DOMRect }[] = [];
  for (const { 0: word, index } of (node.textContent ?? "").matchAll(/\S+\s*/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + word.trimEnd().length);
    const rect = range.getBoundingClientRect();
    const line = lines.at(-1);
    if (rect.width === 0) continue;
    if (line !== undefined && Math.abs(line.rect.top - rect.top) < 2) line.text += word;
    else lines.push({ text: word, rect });
  }
  return lines;
}

function wrapped(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((each) => each !== "")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`.trim();
    if (lines.length > 0 && context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error("The picture could not be made."));
      else resolve(blob);
    }, "image/png");
  });
}
