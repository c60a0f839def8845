import { Box, Link, Typography } from '@mui/material';
import { useGetOne } from 'react-admin';
import { Link as RouterLink, useParams } from 'react-router-dom';
import type { Product, WithEtag } from '../api/resources.ts';
import { Loading } from '../layout/loading.tsx';
import { FailedPage } from '../layout/message-pages.tsx';
import { linkStyle, Page } from '../layout/page.tsx';
import { Column, Columns, Section } from '../layout/section.tsx';
import { optionsText } from '../orders/options-text.ts';
import { useText } from '../texts/use-text.ts';
import { ProductDetails } from './product-details.tsx';
import { ProductStock } from './product-stock.tsx';
import { ProductVariants } from './product-variants.tsx';

/** One product, or one variant of it. */
export function ProductPage() {
  const { id = '' } = useParams();
  const text = useText();
  const above = [{ label: text('products.title'), to: '/products' }];
  const { data: product, error, refetch } = useGetOne<WithEtag<Product>>('products', { id });
  if (product === undefined) {
    if (error) return <FailedPage title={text('product.title')} error={error} onRetry={() => void refetch()} />;
    return (
      <Page title={text('product.title')} above={above}>
        <Loading />
      </Page>
    );
  }
  return (
    <Page title={product.name + optionsText(product.optionValues)} above={above}>
      {product.parentId !== undefined && (
        <Link component={RouterLink} to={`/products/${product.parentId}`} sx={linkStyle}>
          {text('product.parent')}
        </Link>
      )}
      <Columns>
        <Column>
          <ProductDetails key={product.id} product={product} />
          {product.variants !== undefined && <ProductVariants variants={product.variants} />}
        </Column>
        <Column>
          <ProductStock product={product} />
          {product.images.length > 0 && <Images product={product} />}
        </Column>
      </Columns>
    </Page>
  );
}

function Images({ product: { images } }: { product: Product }) {
  const text = useText();
  return (
    <Section title={text('product.images')}>
      <Box sx={{ display: 'grid', gap: 1, gridTemplateColumns: 'repeat(auto-fill, minmax(8rem, 1fr))' }}>
        {images.map(({ url, alt }) => (
          <figure key={url}>
            <Box
              component="img"
              src={url}
              alt={alt}
              loading="lazy"
              sx={{ width: '100%', aspectRatio: '1', objectFit: 'contain' }}
            />
            <Typography component="figcaption" variant="body2">
              {alt}
            </Typography>
          </figure>
        ))}
      </Box>
    </Section>
  );
}
