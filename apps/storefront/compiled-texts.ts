import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';

const FILE = /\/texts\/[\w-]+\.json(?:\?(words|errors))?$/;

/**
 * Parses the texts when the app is built, and leaves the parser of ICU messages out of it: 10 kB of gzip that each visitor would
 * load before the first click. (FormatJS, "Advanced usage": precompiled messages, react-intl without parser.)
 * `?errors` of a file are its texts of error codes, `?words` the others.
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
      const [file, part] = FILE.exec(id) ?? [];
      if (file === undefined) return undefined;
      const texts = Object.entries(JSON.parse(code) as Record<string, string>);
      const wanted = texts.filter(([textId]) => part === undefined || textId.startsWith('error.') === (part === 'errors'));
      const parsed = wanted.map(([textId, text]) => [textId, compiled(text)]);
      return { code: `export default ${JSON.stringify(Object.fromEntries(parsed))}`, map: null, moduleType: 'js' };
    },
  };
}

/** A text without arguments stays a text: `load-texts.ts` makes a message of it. */
function compiled(text: string) {
  const message = parse(text);
  const [first] = message;
  return message.length === 1 && first?.type === TYPE.literal ? first.value : message;
}
