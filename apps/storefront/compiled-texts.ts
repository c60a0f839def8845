import { parse } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';

const FILE = /\/texts\/[\w-]+\.json$/;

/**
 * Parses the texts when the app is built, and leaves the parser of ICU messages out of it: 10 kB of gzip that each visitor would
 * load before the first click. (FormatJS, "Advanced usage": precompiled messages, react-intl without parser.)
 */
export function compiledTexts(): Plugin {
  return {
    name: 'florin:compiled-texts',
    enforce: 'pre',
    config: () => ({
      resolve: {
        alias: [
          { find: /^@formatjs\/icu-messageformat-parser$/, replacement: '@formatjs/icu-messageformat-parser/no-parser.js' },
        ],
      },
    }),
    transform(code, id) {
      if (!FILE.test(id)) return undefined;
      const texts = Object.entries(JSON.parse(code) as Record<string, string>);
      const parsed = texts.map(([textId, text]) => [textId, parse(text)]);
      return { code: `export default ${JSON.stringify(Object.fromEntries(parsed))}`, map: null, moduleType: 'js' };
    },
  };
}
