/** Writes `dead-letter` and `DEAD_LETTER` as `DeadLetter`, for the names of the API document. */
export function pascalCase(name: string): string {
  const words = name.toLowerCase().split(/[_-]/);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
