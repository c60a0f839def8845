type Node = Record<string, unknown>;

/**
 * Copies a document with every schema of an object closed: fields without a schema are rejected. Parts of `allOf` stay open,
 * because each sees the fields of the others; the whole is closed.
 */
export function closeObjects<T extends object>(document: T): T {
  const parts = new Set<string>();
  collectParts(document, parts);
  return close(document, { pointer: '#', parts }) as T;
}

type Place = { pointer: string; parts: ReadonlySet<string>; isPart?: boolean };

/** Collects what `allOf` refers to. */
function collectParts(node: unknown, parts: Set<string>): void {
  if (typeof node !== 'object' || node === null) return;
  const { allOf } = node as { allOf?: { $ref?: string }[] };
  for (const { $ref } of Array.isArray(allOf) ? allOf : []) if ($ref !== undefined) parts.add($ref);
  for (const value of Object.values(node)) collectParts(value, parts);
}

function close(node: unknown, { pointer, parts, isPart = parts.has(pointer) }: Place): unknown {
  if (Array.isArray(node)) return node.map((item) => close(item, { pointer: '', parts, isPart }));
  if (typeof node !== 'object' || node === null) return node;
  const copy: Node = {};
  for (const [key, value] of Object.entries(node)) {
    const place = { pointer: `${pointer}/${key}`, parts };
    copy[key] =
      key === 'properties'
        ? closeEach(value as Node, parts)
        : close(value, isShared(key, node as Node) ? { ...place, isPart: true } : place);
  }
  return !isPart && isOpen(copy) ? { ...copy, unevaluatedProperties: false } : copy;
}

/** Whether the schemas under a keyword describe the same object as the schema itself. */
function isShared(key: string, { properties }: Node): boolean {
  return key === 'allOf' || (properties !== undefined && (key === 'anyOf' || key === 'oneOf'));
}

/** A field may have the name of a keyword. */
function closeEach(properties: Node, parts: ReadonlySet<string>): Node {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, close(schema, { pointer: '', parts })]));
}

function isOpen({ type, properties, additionalProperties, allOf }: Node): boolean {
  return Array.isArray(allOf) || (type === 'object' && typeof properties === 'object' && additionalProperties === undefined);
}
