import type { OptionValues } from '../stock/index.ts';

/**
 * Brings option values into the order of the options, in which they are stored and compared.
 *
 * @returns undefined if they are not exactly one value for each option
 */
export function orderedValues(options: readonly string[], values: OptionValues): OptionValues | undefined {
  const isComplete = Object.keys(values).length === options.length && options.every((name) => Object.hasOwn(values, name));
  return isComplete ? Object.fromEntries(options.map((name) => [name, values[name] ?? ''])) : undefined;
}

/** Describes the values that are needed, to follow the name of the field. */
export function neededValues(options: readonly string[]): string {
  return `must have exactly one value for each option: ${options.join(', ')}`;
}

export function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, index) => name === other[index]);
}
