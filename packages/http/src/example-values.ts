/**
 * Values in the requests that the API document shows. A test sends these requests to running services, with the ids of real things
 * instead.
 */
export const exampleValues = {
  userId: '01990b4e-1d20-7c11-8a4f-5a0de1b7c301',
  sessionId: '01990b4e-1d21-7c12-9b1d-2e4f6a8c0b12',
  refreshToken: 'dGhlIHJlZnJlc2ggdG9rZW4gb2YgYSBzZXNzaW9u',
  categoryId: '01990b4e-2a30-7d21-8c5e-6b1ef2c8d402',
  productId: '01990b4e-2a31-7d22-9d2f-7c2fa3d9e513',
  importId: '01990b4e-2a32-7d23-8e3a-8d3ab4eaf624',
  couponId: '01990b4e-2a33-7d24-9f4b-9e4bc5fba735',
  purchaseId: '01990b4e-3b40-7e31-9f4b-9e4bc5fba735',
  deliveryMethodId: '01990b4e-3b41-7e32-8a5c-0f5cd6acb846',
  holdId: '01990b4e-4c50-7f41-8a5c-af5cd6acb846',
  topUpId: '01990b4e-4c51-7f42-9b6d-b06de7bdc957',
  adjustmentId: '01990b4e-4c52-7f43-8c7e-c17ef8ceda68',
  paymentId: '01990b4e-4c53-7f44-9d8f-d28f09dfeb79',
  claimId: '01990b4e-6e70-7b61-8f9a-f4ab2bfb0d9b',
  refundId: '01990b4e-6e71-7b62-9a0b-a5bc3c0c1eac',
  imageId: '01990b4e-7f80-7c71-8a0b-06bc3c0c1ead',
  messageId: '01990b4e-5d60-7a51-8e9a-e39a1aeafc8a',
  /** After the wallet was opened. */
  time: '2026-11-27T12:00:00Z',
  month: '2026-11',
} as const;
