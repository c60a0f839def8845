import { idText } from '@florin/runtime';
import { amountMinor, id, quantity, storedCurrency, time, wholeNumber } from '@florin/values';
import Joi from 'joi';

/** A product as the API shows it. `version` counts staff's edits; sales change only `stock`. */
export type Product = {
  id: string;
  sku: string | null;
  name: string;
  description: string;
  priceMinor: number;
  currency: string;
  categoryId: string;
  imageUrl: string | null;
  stock: number;
  lowStockThreshold: number | null;
  status: 'active' | 'archived';
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type ProductRow = {
  id: Buffer;
  sku: string | null;
  name: string;
  description: string;
  price_minor: number;
  currency: string;
  category_id: Buffer;
  image_url: string | null;
  stock: number;
  low_stock_threshold: number | null;
  status: 'active' | 'archived';
  version: number;
  created_at: Date;
  updated_at: Date;
};

export const productColumns = [
  'id',
  'sku',
  'name',
  'description',
  'price_minor',
  'currency',
  'category_id',
  'image_url',
  'stock',
  'low_stock_threshold',
  'status',
  'version',
  'created_at',
  'updated_at',
];

export function presentProduct(row: ProductRow): Product {
  return {
    id: idText(row.id),
    sku: row.sku,
    name: row.name,
    description: row.description,
    priceMinor: row.price_minor,
    currency: row.currency,
    categoryId: idText(row.category_id),
    imageUrl: row.image_url,
    stock: row.stock,
    lowStockThreshold: row.low_stock_threshold,
    status: row.status,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** As others than staff see it. */
export function withoutStaffFields(product: Product): Omit<Product, 'lowStockThreshold'> {
  const { lowStockThreshold: _staffOnly, ...shown } = product;
  return shown;
}

export const productSchema = Joi.object({
  id: id().required(),
  sku: Joi.string().allow(null).required(),
  name: Joi.string().required(),
  description: Joi.string().allow('').required(),
  priceMinor: amountMinor().required(),
  currency: storedCurrency().required(),
  categoryId: id().required(),
  imageUrl: Joi.string().allow(null).required(),
  stock: quantity().required(),
  lowStockThreshold: quantity().allow(null).description('For staff: stock at or below it is low'),
  status: Joi.string().valid('active', 'archived').required(),
  version: wholeNumber().required(),
  createdAt: time().required(),
  updatedAt: time().required(),
});
