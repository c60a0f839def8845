import type { Event } from '@florin/events';
import { type Product, publicStateOf } from '@florin/product-server/catalogue';
import type { Finding } from './finding.ts';

export type ProductFeed = ReturnType<typeof createProductFeed>;

type Changed = Pick<Event<'product-changed'>, 'subject' | 'data'>;

const CHECK = 'the last product-changed of a product is its public state';

/** Keeps the newest `product-changed` of each product, in any order and however often they are delivered. */
export function createProductFeed() {
  const newest = new Map<string, Changed['data']>();
  return {
    changed({ subject, data }: Changed): void {
      if ((newest.get(subject)?.version ?? 0) <= data.version) newest.set(subject, data);
    },
    /** Compares with the products in the database of the idle platform. */
    check(stored: readonly Product[]): Finding[] {
      return stored.flatMap((product) => {
        const published = newest.get(product.id);
        const found = (detail: string): Finding[] => [{ check: CHECK, subject: product.id, detail }];
        if (published === undefined) return found(`none was published; version ${product.version} is stored`);
        const differing = differences(published, publicStateOf(product));
        return differing.length === 0 ? [] : found(`version ${published.version} differs in ${differing.join(', ')}`);
      });
    },
  };
}

function differences(published: object, state: object): string[] {
  const [one, other] = [published, state] as [Record<string, unknown>, Record<string, unknown>];
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
}
