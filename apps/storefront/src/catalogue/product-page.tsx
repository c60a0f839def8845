import { PageMeta, ProblemNotice } from '@florin/ui';
import { Navigate, useParams, useSearchParams } from 'react-router';
import { Page as NotFoundPage } from '../shell/not-found-page.tsx';
import { ProductDetails } from './product-details.tsx';
import { productPath } from './product-path.ts';
import { ProductSkeleton } from './product-skeleton.tsx';
import { isNotFound, useProduct } from './use-product.ts';

/** A product by its id. The slug of the address is corrected, and a variant's address becomes its product's. */
export function Page() {
  const { id = '', slug } = useParams();
  const [parameters] = useSearchParams();
  const { data, error, refetch } = useProduct(id.toLowerCase());
  if (error !== null && isNotFound(error)) return <Gone />;
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <ProductSkeleton />;
  const { product, asked } = data;
  // Staff also read archived products and drafts; the shop shows what is sold.
  if (product.status !== 'active') return <Gone />;
  const path = productPath(product);
  const isRight = asked === undefined && path === (slug === undefined ? `/p/${id}` : `/p/${id}/${encodeURIComponent(slug)}`);
  if (isRight) return <ProductDetails key={product.id} product={product} />;
  if (asked !== undefined) parameters.set('variant', asked);
  const search = parameters.toString();
  return <Navigate to={path + (search === '' ? '' : `?${search}`)} replace />;
}

function Gone() {
  return (
    <>
      <PageMeta isIndexed={false} />
      <NotFoundPage />
    </>
  );
}
