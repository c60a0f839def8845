import type { Random } from '../../dev/seed/random.ts';
import type { Call } from './create-call.ts';

/** Creates a category at the top and returns its id. A repeated request is refused, because the lost one has taken the name. */
export async function makeCategory(
  call: Call,
  random: Random,
  { token, name }: { token: string; name: string },
): Promise<string> {
  const made = await call({ service: 'product', method: 'POST', path: '/v1/categories', token, body: { name } }, random);
  if (made?.status === 201) return (made.body as { data: { id: string } }).data.id;
  const path = `/v1/categories?name=${encodeURIComponent(name)}`;
  const found = made?.status === 409 ? await call({ service: 'product', method: 'GET', path, token }, random) : undefined;
  const [category] = (found?.body as { data: { id: string }[] } | undefined)?.data ?? [];
  if (category === undefined) throw new Error(`Could not make a category: ${JSON.stringify(made?.body)}`);
  return category.id;
}
