export const sorts = ['relevance', 'newest', 'price', '-price', 'name'] as const;
export type Sort = (typeof sorts)[number];

/** What a list shows: all of it is in the address of the page. */
export type ListState = {
  q: string;
  brand?: string | undefined;
  tag?: string | undefined;
  /** Id of a category. */
  category?: string | undefined;
  minPriceMinor?: number | undefined;
  maxPriceMinor?: number | undefined;
  inStock?: boolean | undefined;
  withinLimit?: boolean | undefined;
  /** undefined: relevance with `q`, else newest. */
  sort?: Sort | undefined;
  cursor?: string | undefined;
};

export const MAX_QUERY_LENGTH = 200;
const MAX_BRAND_LENGTH = 100;
const MAX_TAG_LENGTH = 40;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Reads the address. A filter whose value the API would refuse is left out; a cursor is left to the API, which knows its own. */
export function readListState(parameters: URLSearchParams): ListState {
  const text = (name: string) => parameters.get(name)?.trim() || undefined;
  const sort = text('sort');
  return {
    q: (text('q') ?? '').slice(0, MAX_QUERY_LENGTH),
    brand: upTo(MAX_BRAND_LENGTH, text('brand')),
    tag: upTo(MAX_TAG_LENGTH, text('tag')),
    category: UUID.test(text('category') ?? '') ? text('category')?.toLowerCase() : undefined,
    minPriceMinor: amount(text('min')),
    maxPriceMinor: amount(text('max')),
    inStock: text('inStock') === '1' || undefined,
    withinLimit: text('withinLimit') === '1' || undefined,
    sort: sorts.find((one) => one === sort),
    cursor: text('cursor'),
  };
}

/** Writes the address: `?q=red&brand=Corda`, or an empty text. Parameters are in one order, so that a state has one address. */
export function listSearch(state: ListState): string {
  const parameters = new URLSearchParams();
  const set = (name: string, value: string | number | undefined) => {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  };
  set('q', state.q);
  set('category', state.category);
  set('brand', state.brand);
  set('tag', state.tag);
  set('min', state.minPriceMinor);
  set('max', state.maxPriceMinor);
  set('inStock', state.inStock ? 1 : undefined);
  set('withinLimit', state.withinLimit ? 1 : undefined);
  set('sort', state.sort);
  set('cursor', state.cursor);
  const search = parameters.toString();
  return search === '' ? '' : `?${search}`;
}

/** The first page of the list with other filters: a cursor belongs to the list that gave it out. */
export function changed(state: ListState, changes: Partial<ListState>): ListState {
  return { ...state, cursor: undefined, ...changes };
}

/** The list without its filters. Text and order stay. */
export function withoutFilters({ q, sort }: ListState): ListState {
  return { q, sort };
}

function upTo(maxLength: number, text: string | undefined): string | undefined {
  return text !== undefined && text.length <= maxLength && !/\p{Cc}/u.test(text) ? text : undefined;
}

function amount(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,16}$/.test(text)) return undefined;
  const minor = Number(text);
  return Number.isSafeInteger(minor) ? minor : undefined;
}
