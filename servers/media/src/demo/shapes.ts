/** Shapes of the drawings, as SVG in a square of 400. */

export function rect(x: number, y: number, width: number, height: number, fill: string, radius = 0): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"/>`;
}

export function roundel(x: number, y: number, radius: number, fill: string): string {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`;
}

export function line(path: string, colour: string, width: number): string {
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}"/>`;
}

/** A book with an emblem on its cover. */
export function book(cover: string, emblem: string): string {
  return `${rect(128, 92, 152, 232, '#fbf7ee', 6)}${rect(120, 86, 152, 232, cover, 8)}${rect(120, 86, 22, 232, '#00000033', 8)}${emblem}`;
}

/** A tool for the garden: a handle, and what it holds. */
export function handled(handle: string, head: string): string {
  return `${line('M165 92h70', handle, 18)}${line('M200 92v125', handle, 16)}${head}`;
}

export function bicycle({ frame, wheel = 58, isSporty = false, extra = '' }: BicycleOptions): string {
  const tyre = (x: number): string =>
    `<circle cx="${x}" cy="${318 - wheel}" r="${wheel}" fill="none" stroke="#33373d" stroke-width="9"/>${roundel(x, 318 - wheel, 7, '#8d99a6')}`;
  const hub = 318 - wheel;
  const bars = isSporty ? 'M265 150h30q18 24-8 30' : 'M262 150q20-24 48-14';
  return `${tyre(115)}${tyre(290)}${line(`M115 ${hub}L160 170h110L200 ${hub}zM160 170L200 ${hub}M268 150L290 ${hub}`, frame, 11)}${line('M152 150h-4M160 170l-6-26', '#33373d', 9)}${line('M132 142h44', '#5d371f', 13)}${line(bars, '#33373d', 9)}${roundel(200, hub, 15, '#8d99a6')}${extra}`;
}

type BicycleOptions = { frame: string; wheel?: number; isSporty?: boolean; extra?: string };

/** A guitar, or with `isViolin` its waist and holes. */
export function guitar({ body, scale = 1, isViolin = false }: { body: string; scale?: number; isViolin?: boolean }): string {
  const hole = isViolin
    ? line('M182 225q-10 20 0 45M218 225q10 20 0 45', '#2b1a12', 5)
    : `${roundel(200, 232, 24, '#2b1a12')}${rect(172, 285, 56, 9, '#2b1a12', 3)}`;
  const shape = `<path d="M150 205a50 48 0 0 1 100 0q0 22 16 42a66 62 0 1 1-132 0q16-20 16-42z" fill="${body}"/>`;
  const neck = `${rect(190, 70, 20, 140, '#4a2f1d', 4)}${rect(182, 48, 36, 40, '#4a2f1d', 6)}`;
  const strings = line('M196 60v228M200 60v228M204 60v228', '#f4ead7', 1.5);
  return `<g transform="translate(200 195) scale(${scale}) translate(-200 -185)">${shape}${neck}${hole}${strings}</g>`;
}

type PianoOptions = { x: number; y: number; width: number; height: number; body: string };

/** A keyboard in its case. */
export function piano({ x, y, width, height, body }: PianoOptions): string {
  const keys = 14;
  const step = (width - 20) / keys;
  const at = (key: number): number => x + 10 + key * step;
  const black = Array.from({ length: keys - 1 }, (_, key) => key)
    .filter((key) => ![2, 6, 9].includes(key))
    .map((key) => rect(at(key + 1) - step * 0.3, y + height * 0.4, step * 0.6, height * 0.32, '#15171a', 2));
  const white = Array.from({ length: keys }, (_, key) =>
    rect(at(key) + 1, y + height * 0.4, step - 2, height * 0.52, '#ffffff', 2),
  );
  return `${rect(x, y, width, height, body, 8)}${white.join('')}${black.join('')}`;
}

export function clamp(bar: string, handle: string): string {
  return `${line('M120 110h170M130 110v210', bar, 18)}${line('M280 110v60M280 250v70', bar, 16)}${rect(262, 160, 36, 20, bar, 4)}${rect(130, 240, 165, 20, bar, 4)}${rect(266, 275, 28, 60, handle, 10)}`;
}
