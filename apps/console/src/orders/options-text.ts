/** The chosen options of a variant, such as ` (Size: M)`; empty without options. */
export function optionsText(optionValues: Readonly<Record<string, unknown>> | undefined): string {
  const options = Object.entries(optionValues ?? {}).map(([name, value]) => `${name}: ${String(value)}`);
  return options.length === 0 ? '' : ` (${options.join(', ')})`;
}
