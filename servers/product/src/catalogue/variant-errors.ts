import { AppError, defineErrors, requestErrors } from '@florin/app-response';

/** Maximum number of variants of a product, archived ones included. It bounds every operation on a product and its variants. */
export const MAX_VARIANTS = 100;

export const variantErrors = defineErrors({
  VARIANT_EXISTS: {
    status: 409,
    title: 'Another variant has these option values',
    meaning: 'The product has a variant, perhaps an archived one, with the same value of each option.',
    action: 'Choose other values, or change the other variant.',
  },
  TOO_MANY_VARIANTS: {
    status: 422,
    title: 'The product would have too many variants',
    meaning: 'A product has at most 100 variants, archived ones included.',
    action: 'Change existing variants, or create another product.',
  },
  OPTION_IN_USE: {
    status: 409,
    title: 'Variants use the options',
    meaning: 'The product has variants. Each has a value for each option, so the options cannot change.',
    action: 'Change the values of the variants, or create another product with other options.',
  },
  PRODUCT_HAS_OPTIONS: {
    status: 409,
    title: 'The product has options or is a variant',
    meaning: 'Options were given to the product before: it has variants, or is one.',
    action: 'Read the product. Add variants to the product with the options.',
  },
  PRODUCT_HAS_NO_OPTIONS: {
    status: 409,
    title: 'The product has no options',
    meaning: 'Only a product with options has variants.',
    action: 'Give options to the product first, with POST /v1/products/{id}/options.',
  },
  PARENT_NOT_ACTIVE: {
    status: 409,
    title: 'The product with the options is not active',
    meaning: 'A variant is on sale only while its product is active.',
    action: 'Make the product `parentId` active first.',
  },
});

/** The errors of writes that may concern a product with options or a variant. */
export const familyErrors = [
  variantErrors.VARIANT_EXISTS,
  variantErrors.OPTION_IN_USE,
  variantErrors.PRODUCT_HAS_NO_OPTIONS,
  variantErrors.PARENT_NOT_ACTIVE,
];

export function tooManyVariants(count: number): AppError {
  return new AppError(variantErrors.TOO_MANY_VARIANTS, {
    detail: `At most ${MAX_VARIANTS} variants are allowed; the product would have ${count}.`,
  });
}

export function invalidField(path: string, message: string): AppError {
  return new AppError(requestErrors.VALIDATION_FAILED, { errors: [{ path, message: `${path} ${message}` }] });
}
