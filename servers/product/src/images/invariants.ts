import type { Invariant } from '@florin/invariants';

/** The length of `/v1/images/`, and the place behind it. */
const AT = 12;
const idIn = (url: string): string => `UNHEX(REPLACE(SUBSTRING(${url}, ${AT}), '-', ''))`;

const products = { table: 'products', key: 'id', column: 'p.id', things: 'products', pageKeys: 200 };

/** The invariants of images. The foreign key holds that of the photos of claims. */
export const imageInvariants: readonly Invariant[] = [
  {
    check: 'product-images',
    rule: 'each uploaded image of a product was seen with the purpose product',
    over: products,
    sql: (range) => `SELECT p.id, CONCAT('names ', MIN(n.url), ', which was not seen') AS detail
            FROM products p
            JOIN (SELECT p.id, p.image_url AS url FROM products p WHERE ${range}
                  UNION ALL
                  SELECT p.id, j.url FROM products p,
                    JSON_TABLE(p.images, '$[*]' COLUMNS (url VARCHAR(2000) CHARACTER SET utf8mb4 PATH '$.url')) j
                   WHERE ${range} AND p.images IS NOT NULL) n ON n.id = p.id
            LEFT JOIN seen_images s ON s.id = ${idIn('n.url')} AND s.purpose = 'product'
           WHERE n.url LIKE '/v1/images/%' AND s.id IS NULL
           GROUP BY p.id`,
  },
];
