/** The file that a load reads. */
export type LoadData = { tokens: string[]; productIds: string[]; userIds: string[] };

/** The price of the product at this place of the file. */
export function priceMinorOf(product: number): number {
  return 100 + (product % 900);
}

/** The place of the product that a user buys in turn. */
export function productOfUser(user: number, products: number): number {
  return user % products;
}
