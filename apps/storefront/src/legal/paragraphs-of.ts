/** Splits a text at its line breaks. A text of `-` is one that nobody has filled in: it has no paragraphs. */
export function paragraphsOf(text: string): string[] {
  if (text.trim() === '-') return [];
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
