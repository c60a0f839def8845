import type { Locale } from './texts.ts';

const files = import.meta.glob<Record<string, string>>('../../../../packages/ui/src/{texts,staff-texts}/*.json', {
  eager: true,
  import: 'default',
});

/** The texts of packages/ui in one language, such as those of the API's errors. */
export function uiTextsOf(locale: Locale): Record<string, string> {
  const found = Object.entries(files).filter(([path]) => path.endsWith(`/${locale}.json`));
  return Object.assign({}, ...found.map(([, texts]) => texts)) as Record<string, string>;
}
