import { slugOf } from '@florin/values/slugs';

type Named = { id: string; name: string; slug: string | null };

/** The address of a product: `/p/<id>/<slug>`. The id finds it, the slug is for people. */
export function productPath({ id, name, slug }: Named): string {
  const own = slug ?? slugOf(name);
  return own === '' ? `/p/${id}` : `/p/${id}/${encodeURIComponent(own)}`;
}
