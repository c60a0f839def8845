import { amountMinor, id, named, token, wholeNumber } from '@florin/values';
import Joi, { type CustomHelpers, type ErrorReport } from 'joi';

export const facetNames = ['brand', 'category', 'price', 'tag'] as const;
export type FacetName = (typeof facetNames)[number];

type ValueCount = { value: string; count: number };

/** How many products of a list have each value. */
export type Facets = {
  /** True if the list has more products than are counted. */
  capped: boolean;
  brand?: ValueCount[];
  category?: { categoryId: string; count: number }[];
  /** Usable as the filters of the same names. */
  price?: { minPriceMinor: number; maxPriceMinor: number; count: number }[];
  tag?: ValueCount[];
};

/** Maximum number of values of a facet: the most frequent ones. */
export const MAX_VALUES = 20;

const MAX_LENGTH = 40;

/** The parameter `facets`: names between commas. */
export const facetsField = token(MAX_LENGTH)
  .custom(readNames)
  .description(
    `Counts of the products of the list by ${facetNames.join(', ')}: names between commas. Each facet leaves out its own filter. At most ${MAX_VALUES} values of each, the most frequent first`,
  );

function readNames(text: string, helpers: CustomHelpers): FacetName[] | ErrorReport {
  const names = [...new Set(text.split(','))];
  const isKnown = names.every((name) => (facetNames as readonly string[]).includes(name));
  return isKnown ? (names as FacetName[]) : helpers.message({ custom: `{{#label}} may have ${facetNames.join(', ')}` });
}

const count = wholeNumber().required();
const valueCounts = Joi.array().items(named('FacetValue', Joi.object({ value: Joi.string().required(), count })));

export const facetsSchema = named(
  'ProductFacets',
  Joi.object({
    capped: Joi.boolean()
      .required()
      .description('true: the list has more products than are counted; the counts are of a part of it'),
    brand: valueCounts,
    category: Joi.array().items(named('FacetCategory', Joi.object({ categoryId: id().required(), count }))),
    price: Joi.array().items(
      named(
        'FacetPrice',
        Joi.object({ minPriceMinor: amountMinor().required(), maxPriceMinor: amountMinor().required(), count }),
      ),
    ),
    tag: valueCounts,
  } satisfies Record<keyof Facets, Joi.Schema>),
);
