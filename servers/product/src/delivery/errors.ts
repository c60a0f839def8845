import { AppError, defineErrors } from '@florin/app-response';

export const deliveryErrors = defineErrors({
  DELIVERY_NOT_AVAILABLE: {
    status: 409,
    title: 'The delivery method cannot be chosen',
    meaning:
      'The method is unknown (`reason` UNKNOWN), archived (ARCHIVED), priced in another currency (OTHER_CURRENCY) or does not go to the country (OTHER_COUNTRY). Later releases may have more reasons.',
    action: 'Choose a method of GET /v1/delivery-methods for the currency and the country.',
    extensions: { reason: { type: 'string', description: 'Why the method cannot be chosen, as a code' } },
  },
  TOO_MANY_DELIVERY_METHODS: {
    status: 409,
    title: 'There are too many delivery methods',
    meaning: 'A shop has at most 100 delivery methods, archived ones included.',
    action: 'Delete a method that is no longer used.',
  },
});

export type DeliveryRefusal = 'UNKNOWN' | 'ARCHIVED' | 'OTHER_CURRENCY' | 'OTHER_COUNTRY';

const details: Readonly<Record<DeliveryRefusal, string>> = {
  UNKNOWN: 'does not exist',
  ARCHIVED: 'is archived',
  OTHER_CURRENCY: 'is priced in another currency than the items',
  OTHER_COUNTRY: 'does not go to this country',
};

export function deliveryNotAvailable(methodId: string, reason: DeliveryRefusal): AppError {
  return new AppError(deliveryErrors.DELIVERY_NOT_AVAILABLE, {
    detail: `The delivery method ${methodId} ${details[reason]}.`,
    extensions: { reason },
  });
}
