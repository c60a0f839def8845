import { AppError, type FieldError, requestErrors } from '@florin/app-response';
import type { OptionValues } from '../stock/index.ts';
import type { Product, ProductFields, ProductImage } from './product.ts';

/** Absent fields stay unchanged. `status: 'active'` puts an archived product back on sale. Only movements change stock. */
export type ProductChanges = Partial<ProductFields & Pick<Product, 'status'>> & {
  options?: string[];
  optionValues?: OptionValues;
};

/** A product, and the fields of it that contradict each other. */
export type Merged<P extends ProductFields> = { product: P; faults: readonly FieldError[] };

/**
 * Applies changes to a product. `imageUrl` is the first of `images`, and `categoryId` of `categoryIds`: a change of one changes the
 * other. Pure.
 */
export function mergeProduct<P extends ProductFields>(before: P, changes: ProductChanges): Merged<P> {
  const images = mergeImages(before.images, changes);
  const product = {
    ...before,
    ...changes,
    ...mergeCategories(before, changes),
    images,
    imageUrl: images[0]?.url ?? null,
  };
  return { product, faults: [...categoryFaults(changes), ...imageFaults(changes), ...priceFaults(product, changes)] };
}

type Categories = Pick<ProductFields, 'categoryId' | 'categoryIds'>;

/** @throws AppError VALIDATION_FAILED with the faults, if there are any */
export function requireNoFault(faults: readonly FieldError[]): void {
  if (faults.length > 0) throw new AppError(requestErrors.VALIDATION_FAILED, { errors: [...faults] });
}

/** `categoryId` alone replaces the main category and keeps the further ones; `categoryIds` replaces all. */
function mergeCategories(before: Categories, { categoryId, categoryIds }: ProductChanges): Categories {
  const [main] = categoryIds ?? [];
  if (categoryIds !== undefined && main !== undefined) return { categoryId: main, categoryIds };
  if (categoryId === undefined) return { categoryId: before.categoryId, categoryIds: before.categoryIds };
  return { categoryId, categoryIds: [categoryId, ...before.categoryIds.slice(1).filter((id) => id !== categoryId)] };
}

function categoryFaults({ categoryId, categoryIds }: ProductChanges): FieldError[] {
  if (categoryId === undefined || categoryIds === undefined || categoryId === categoryIds[0]) return [];
  return [{ path: 'categoryId', message: 'categoryId must be the first of categoryIds, or be left out' }];
}

function mergeImages(before: ProductImage[], { images, imageUrl }: ProductChanges): ProductImage[] {
  if (images !== undefined) return images;
  const [first, ...others] = before;
  if (imageUrl === undefined || imageUrl === first?.url) return before;
  return imageUrl === null ? others : [{ url: imageUrl, alt: '' }, ...others];
}

function imageFaults({ images, imageUrl }: ProductChanges): FieldError[] {
  if (images === undefined || imageUrl === undefined || imageUrl === (images[0]?.url ?? null)) return [];
  return [{ path: 'imageUrl', message: 'imageUrl must be the url of the first of images, or be left out' }];
}

/** An edit of other fields passes: the release before may have raised the price. */
function priceFaults({ priceMinor, compareAtPriceMinor }: ProductFields, changes: ProductChanges): FieldError[] {
  if (changes.priceMinor === undefined && changes.compareAtPriceMinor === undefined) return [];
  if (compareAtPriceMinor === null || compareAtPriceMinor > priceMinor) return [];
  const message = `compareAtPriceMinor must be above priceMinor: it is ${compareAtPriceMinor}, the price ${priceMinor}`;
  return [{ path: 'compareAtPriceMinor', message }];
}
