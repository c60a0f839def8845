import type { Invariant } from '@florin/invariants';
import { IMAGE_PATH } from '@florin/values';

/** The place of the id in an address. */
const AT = IMAGE_PATH.length + 1;
/** The addresses of a product: those in its list, and the first one, which the release before changes by itself. */
const ADDRESSES = "JSON_ARRAY_APPEND(COALESCE(p.images, '[]'), '$', JSON_OBJECT('url', p.image_url))";

const products = { table: 'products', key: 'id', column: 'p.id', things: 'products', pageKeys: 200 };

/** The invariants of images. The foreign key holds that of the photos of claims. */
export const imageInvariants: readonly Invariant[] = [
  {
    check: 'product-images',
    rule: 'each uploaded image of a product was seen with the purpose product',
    over: products,
    sql: (range) => `SELECT p.id, CONCAT('names ', MIN(j.url), ', which was not seen') AS detail
            FROM products p
            JOIN JSON_TABLE(${ADDRESSES}, '$[*]' COLUMNS (url VARCHAR(2000) CHARACTER SET utf8mb4 PATH '$.url')) j
            LEFT JOIN seen_images s ON s.id = UNHEX(REPLACE(SUBSTRING(j.url, ${AT}), '-', '')) AND s.purpose = 'product'
           WHERE ${range} AND j.url LIKE '${IMAGE_PATH}%' AND s.id IS NULL
           GROUP BY p.id`,
  },
];
