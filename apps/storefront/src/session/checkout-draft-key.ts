/** Where this tab keeps the address that a buyer types at checkout. A sign-out removes it. */
export const CHECKOUT_DRAFT_KEY = 'florin.checkout.draft';
