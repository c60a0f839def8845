/** A JSON Schema (2020-12), or any other object of a document that may be a reference. */
export type Schema = Readonly<Record<string, unknown>>;

/** Follows local references, such as `#/components/schemas/Wallet`. A reference that leads nowhere is left as it is. */
export function resolveReference<T extends object>(document: object, value: T | undefined): T | undefined {
  const { $ref: reference } = (value ?? {}) as { $ref?: unknown };
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return value;
  const found = reference
    .slice(2)
    .split('/')
    .map((name) => decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((node, name) => (node as Schema | undefined)?.[name], document);
  return found === undefined ? value : resolveReference(document, found as T);
}

/**
 * Splits a schema into alternatives with at most one type each: `anyOf`, `oneOf` and lists of types become one list. Merges the
 * properties of `allOf`.
 */
export function alternativesOf(document: object, given: Schema): Schema[] {
  const schema = withoutAllOf(document, resolveReference(document, given) ?? {});
  const { anyOf, oneOf, type, ...rest } = schema;
  const branches = (anyOf ?? oneOf) as Schema[] | undefined;
  const typed = { ...rest, ...(type === undefined ? {} : { type }) };
  if (branches !== undefined)
    return branches.flatMap((branch) => alternativesOf(document, { ...typed, ...resolveReference(document, branch) }));
  return Array.isArray(type) ? type.map((one: unknown) => ({ ...rest, type: one })) : [typed];
}

function withoutAllOf(document: object, schema: Schema): Schema {
  const { allOf, ...rest } = schema;
  if (!Array.isArray(allOf)) return schema;
  const parts = [...(allOf as Schema[]).map((part) => withoutAllOf(document, resolveReference(document, part) ?? {})), rest];
  return {
    ...(Object.assign({}, ...parts) as Schema),
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)) as Schema,
    required: parts.flatMap(({ required = [] }) => required as string[]),
  };
}
