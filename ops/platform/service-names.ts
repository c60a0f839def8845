export const serviceNames = ['auth', 'product', 'payment'] as const;
export type ServiceName = (typeof serviceNames)[number];
