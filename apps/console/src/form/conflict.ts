/** The values of a form by field, as they are compared and shown. */
export type Values = Readonly<Record<string, string>>;

/** A field in which the person's value and the saved one differ. */
export type Difference = {
  field: string;
  mine: string;
  theirs: string;
  /** The version that is chosen at first. */
  suggested: 'mine' | 'theirs';
};

/**
 * Compares what a person wants to save with what somebody else has saved meanwhile.
 *
 * @param base what the person began with
 * @returns the fields that differ; a value that the person did not change gives way
 */
export function differencesOf({ base, mine, theirs }: { base: Values; mine: Values; theirs: Values }): readonly Difference[] {
  return Object.keys(mine)
    .filter((field) => mine[field] !== theirs[field])
    .map((field) => ({
      field,
      mine: mine[field] ?? '',
      theirs: theirs[field] ?? '',
      suggested: mine[field] === base[field] ? 'theirs' : 'mine',
    }));
}

/** The saved values with the person's own in the chosen fields. */
export function mergedOf(
  { mine, theirs }: { mine: Values; theirs: Values },
  chosen: ReadonlyMap<string, 'mine' | 'theirs'>,
): Values {
  return Object.fromEntries(
    Object.keys(mine).map((field) => [field, (chosen.get(field) === 'mine' ? mine[field] : theirs[field]) ?? '']),
  );
}

/** The fields whose values differ from those of the base. */
export function changedFields(base: Values, mine: Values): readonly string[] {
  return Object.keys(mine).filter((field) => mine[field] !== base[field]);
}
