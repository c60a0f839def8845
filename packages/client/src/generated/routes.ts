// Generated from docs/api/florin.json: change the services, then run npm run docs.

/** Operations that need an `Idempotency-Key`. */
export const keyedOperations = [
  "post /v1/cart/checkout",
  "post /v1/cart/items",
  "post /v1/products/import",
  "post /v1/products/{id}/stock-movements",
  "post /v1/purchases",
  "post /v1/purchases/{id}/claims",
  "post /v1/purchases/{id}/delivery/events",
  "post /v1/purchases/{id}/refunds",
  "post /v1/wallet/top-ups",
  "post /v1/wallets/{userId}/adjustments",
  "post /v1/wallets/{userId}/holds"
] as const;

/** The prefixes of the paths of each service. */
export const servicePaths = {
  "auth": [
    "/v1/auth",
    "/v1/users",
    "/.well-known/jwks.json"
  ],
  "product": [
    "/v1/product",
    "/v1/categories",
    "/v1/coupons",
    "/v1/products",
    "/v1/product-imports",
    "/v1/purchases",
    "/v1/cart",
    "/v1/delivery-methods",
    "/v1/packing",
    "/v1/claims",
    "/v1/refunds",
    "/v1/shop",
    "/v1/customers",
    "/sitemap.xml"
  ],
  "payment": [
    "/v1/payment",
    "/v1/adjustments",
    "/v1/wallet",
    "/v1/wallets",
    "/v1/holds",
    "/v1/payments",
    "/v1/ledger"
  ],
  "media": [
    "/v1/media",
    "/v1/images"
  ]
} as const;
