import { join } from 'node:path';
import type { Variant } from './measure-purchases.ts';
import { runsTypeScript } from './runs-typescript.ts';

/** The services as they are built. */
export const florin: Variant = { name: 'florin' };

/** The same pipeline with one transaction per request and event, and default Express; see naive/. */
export const naive: Variant = {
  name: 'naive',
  programs: {
    product: [...runsTypeScript, join(import.meta.dirname, 'naive/naive-product.ts')],
    payment: [...runsTypeScript, join(import.meta.dirname, 'naive/naive-payment.ts')],
  },
};

/** The same statements in the same sets behind Node's own HTTP server, without a broker; see bare/. */
export const bare: Variant = {
  name: 'bare',
  programs: {
    product: [...runsTypeScript, join(import.meta.dirname, 'bare/bare-product.ts')],
    payment: [...runsTypeScript, join(import.meta.dirname, 'bare/bare-payment.ts')],
  },
};
