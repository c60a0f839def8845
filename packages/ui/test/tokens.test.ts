import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { coloursOf, contrast } from './contrast.ts';

const css = readFileSync(join(import.meta.dirname, '../src/tokens.css'), 'utf8');
const TEXT = 4.5;
const BORDER = 3;

const surfaces = ['page', 'surface', 'sunken'] as const;
const tones = ['good', 'warn', 'bad', 'info'] as const;

/** What is read on what (WCAG 2.2, 1.4.3), and what is found by its border alone (1.4.11). */
const pairs: readonly { front: string; back: string; least: number }[] = [
  ...surfaces.flatMap((back) => [
    { front: 'text', back, least: TEXT },
    { front: 'text-soft', back, least: TEXT },
    { front: 'accent', back, least: TEXT },
    { front: 'accent-strong', back, least: TEXT },
    { front: 'bad', back, least: TEXT },
    { front: 'line-strong', back, least: BORDER },
    { front: 'focus', back, least: BORDER },
  ]),
  ...tones.flatMap((tone) => [
    { front: tone, back: `${tone}-soft`, least: TEXT },
    { front: 'text', back: `${tone}-soft`, least: TEXT },
    { front: 'accent', back: `${tone}-soft`, least: TEXT },
  ]),
  { front: 'text', back: 'accent-soft', least: TEXT },
  { front: 'accent', back: 'accent-soft', least: TEXT },
  { front: 'on-accent', back: 'accent', least: TEXT },
  { front: 'on-accent', back: 'accent-strong', least: TEXT },
];

describe('the contrast of colours', () => {
  it('is that of WCAG 2.2', () => {
    expect(contrast('#000000', '#ffffff')).to.be.closeTo(21, 0.001);
    expect(contrast('#777777', '#ffffff')).to.be.closeTo(4.478, 0.001);
  });

  for (const [theme, selector] of [
    ['light', ':root'],
    ['dark', ':root[data-theme="dark"]'],
  ] as const) {
    const colours = coloursOf(css, selector);
    for (const { front, back, least } of pairs)
      it(`of ${front} on ${back} is at least ${least} in the ${theme} theme`, () => {
        expect(contrast(colours[front] ?? '', colours[back] ?? '')).to.be.at.least(least);
      });
  }
});

describe('the dark theme', () => {
  it('has the same colours whether the device or the reader asks for it', () => {
    const chosen = coloursOf(css, ':root[data-theme="dark"]');
    expect(coloursOf(css, ':root:not([data-theme="light"])')).to.deep.equal(chosen);
    expect(Object.keys(chosen)).to.deep.equal(Object.keys(coloursOf(css, ':root')));
  });
});
