/**
 * The service manifest: one entry for each service. Everything that has to know the services reads it (npm start, the commands,
 * the release), or is checked against it by dev/platform/find-manifest-gaps.test.ts (docker-compose.yml, the gateway, Dockerfile).
 * `npm run docs` adds a new service to the latter.
 */
export const services = [
  {
    name: 'auth',
    port: 3001,
    paths: ['/v1/auth', '/v1/users', '/.well-known/jwks.json'],
    database: 'florin_auth',
    image: 'florin-auth',
    hasSeed: true,
  },
  {
    name: 'product',
    port: 3002,
    paths: [
      '/v1/product',
      '/v1/categories',
      '/v1/coupons',
      '/v1/products',
      '/v1/product-imports',
      '/v1/purchases',
      '/v1/cart',
      '/v1/delivery-methods',
      '/v1/packing',
      '/v1/claims',
      '/v1/refunds',
      '/v1/shop',
      '/v1/customers',
      '/sitemap.xml',
    ],
    database: 'florin_product',
    image: 'florin-product',
    hasSeed: true,
  },
  {
    name: 'payment',
    port: 3003,
    paths: ['/v1/payment', '/v1/adjustments', '/v1/wallet', '/v1/wallets', '/v1/holds', '/v1/payments', '/v1/ledger'],
    database: 'florin_payment',
    image: 'florin-payment',
    hasSeed: false,
  },
  {
    name: 'media',
    port: 3005,
    paths: ['/v1/media', '/v1/images'],
    database: 'florin_media',
    image: 'florin-media',
    hasSeed: true,
  },
] as const satisfies readonly ServiceEntry[];

export type ServiceEntry = {
  /** The folder in `servers/`. In capitals it begins the service's settings: `AUTH_PORT`, `AUTH_DATABASE_URL`. */
  name: string;
  /** The default of its port setting, and the port in containers. */
  port: number;
  /** The prefixes of its paths that the gateway leads to it. */
  paths: readonly string[];
  /** Its database, and the user of it. */
  database: string;
  image: string;
  /** Whether it has a `seed.ts`, which fills its database in development. */
  hasSeed: boolean;
};
