import { AppError, type FieldError, requestErrors } from '@florin/app-response';
import type { Product, ProductFields, ProductImage } from './product.ts';

/** Absent fields stay unchanged. `status: 'active'` puts an archived product back on sale. Only movements change stock. */
export type ProductChanges = Partial<ProductFields & Pick<Product, 'status'>>;

/** A product, and the fields of it that contradict each other. */
export type Merged<P extends ProductFields> = { product: P; faults: readonly FieldError[] };

/**
 * Applies changes to a product. `imageUrl` is the first of `images`: a change of one changes the other. Pure.
 */
export function mergeProduct<P extends ProductFields>(before: P, changes: ProductChanges): Merged<P> {
  const images = mergeImages(before.images, changes);
  const product = { ...before, ...changes, images, imageUrl: images[0]?.url ?? null };
  return { product, faults: [...imageFaults(changes), ...priceFaults(product, changes)] };
}

/** @throws AppError VALIDATION_FAILED with the faults, if there are any */
export function requireNoFault(faults: readonly FieldError[]): void {
  if (faults.length > 0) throw new AppError(requestErrors.VALIDATION_FAILED, { errors: [...faults] });
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
