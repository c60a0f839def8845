/** The value of each option that is chosen: `{ Size: 'M' }`. */
export type Choice = Readonly<Record<string, string>>;

type Variant = { id: string; stock: number; optionValues?: Choice };
type Offered<V extends Variant> = { options: readonly string[]; variants: readonly V[] };

export type OptionValue = {
  value: string;
  isChosen: boolean;
  /** Sold out, or not made, together with the other values that are chosen. It can still be chosen. */
  isSoldOut: boolean;
};

/** The variant to begin with: the one that is asked for, else the first in stock, else the first. */
export function firstVariant<V extends Variant>(variants: readonly V[], id: string | null): V | undefined {
  return variants.find((variant) => variant.id === id) ?? variants.find(({ stock }) => stock > 0) ?? variants[0];
}

/** The values of each option, in the order of the variants. */
export function optionValues<V extends Variant>({ options, variants }: Offered<V>, choice: Choice) {
  return options.map((name) => {
    const values = [...new Set(variants.flatMap((variant) => chosenValue(variant, name) ?? []))];
    return {
      name,
      values: values.map((value): OptionValue => {
        const found = variants.find((variant) => matches(variant, { ...choice, [name]: value }));
        return { value, isChosen: choice[name] === value, isSoldOut: found === undefined || found.stock <= 0 };
      }),
    };
  });
}

/**
 * Chooses one more value. If no variant has it together with the values that are chosen, the nearest variant is taken: the one
 * that shares most of them, in stock before sold out.
 */
export function chooseValue<V extends Variant>(
  { variants }: Offered<V>,
  choice: Choice,
  [name, value]: [string, string],
): V | undefined {
  const wanted = { ...choice, [name]: value };
  const candidates = variants.filter((variant) => chosenValue(variant, name) === value);
  const shared = (variant: V) => Object.entries(wanted).filter(([option, one]) => chosenValue(variant, option) === one).length;
  return candidates.toSorted((a, b) => shared(b) - shared(a) || Number(b.stock > 0) - Number(a.stock > 0))[0];
}

function matches(variant: Variant, choice: Choice): boolean {
  return Object.entries(choice).every(([name, value]) => chosenValue(variant, name) === value);
}

function chosenValue({ optionValues: values = {} }: Variant, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
