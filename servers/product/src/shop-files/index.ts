export {
  detectFormat,
  isColumnOf,
  isShopColumn,
  knownColumns,
  missingColumns,
  openShopFile,
  repeatedColumns,
  type ShopFormat,
  shopFormats,
} from './detect-format.ts';
export { type ShopFileOptions, type ShopRow, type WeightUnit, weightUnits } from './shop-file.ts';
