import { demoId } from '@florin/service';
import { drawings } from './drawings.ts';

/** Pixels of each edge. */
const SIZE = 800;

/** An image of the demo catalogue: its id, which product's seed knows too, and its drawing. */
export type DemoImage = { id: string; name: string; svg: string };

/** One image for each product of the demo catalogue, by its name. */
export const demoImages: readonly DemoImage[] = drawings.flatMap(({ tint, items }) =>
  Object.entries(items).map(([name, shapes]) => ({
    id: demoId(`image of ${name}`),
    name,
    svg: drawingOf({ name, tint, shapes }),
  })),
);

/** The title makes two drawings with the same shapes different files. */
function drawingOf({ name, tint, shapes }: { name: string; tint: string; shapes: string }): string {
  const title = name.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" viewBox="0 0 400 400">
<title>${title}</title>
<rect width="400" height="400" fill="${tint}"/>
<circle cx="200" cy="195" r="150" fill="#ffffff" opacity="0.45"/>
<ellipse cx="200" cy="330" rx="120" ry="12" fill="#2b2b2b" opacity="0.14"/>
<g stroke-linecap="round" stroke-linejoin="round">${shapes}</g>
</svg>`;
}
