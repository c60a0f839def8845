/** Properties whose px are no size of the design: an element that only screen readers find has one pixel. */
const HIDDEN = /^(inline-size|block-size|width|height)$/;
const NAMED =
  /\b(white|black|red|green|blue|gray|grey|silver|maroon|purple|fuchsia|lime|olive|yellow|navy|teal|aqua|orange|pink|brown|gold|crimson|tomato)\b/;
const COLOUR = /#[0-9a-f]{3,8}\b|\b(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix)\(/i;
const PIXELS = /(?<![\w.-])-?\d*\.?\d+px\b/;

/**
 * Finds colours and pixel sizes that are no tokens. Conditions of media queries are left out: they cannot use variables.
 *
 * @returns the declarations, such as `3: color: #fff`
 */
export function rawStyles(css: string): string[] {
  const code = css.replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '));
  return code.split('\n').flatMap((line, index) => {
    const [, property = '', value = ''] = /^\s*([\w-]+)\s*:\s*([^{]*?);?\s*$/.exec(line) ?? [];
    return isRaw(property, value) ? [`${index + 1}: ${property}: ${value}`] : [];
  });
}

function isRaw(property: string, value: string): boolean {
  if (COLOUR.test(value) || NAMED.test(value.replaceAll(/var\([^)]*\)/g, ''))) return true;
  return PIXELS.test(value) && !(HIDDEN.test(property) && value === '1px');
}
