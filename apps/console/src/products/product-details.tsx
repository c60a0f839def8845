import { FlorinProblem } from '@florin/client';
import { Box, Button, Stack } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Form, required, SelectInput, TextInput } from 'react-admin';
import { useIntl } from 'react-intl';
import type { Product, WithEtag } from '../api/resources.ts';
import { differencesOf, mergedOf } from '../form/conflict.ts';
import { ConflictDialog } from '../form/conflict-dialog.tsx';
import type { FormValues } from '../form/form-dialog.tsx';
import { MoneyField } from '../form/money-field.tsx';
import { useAction } from '../form/use-action.ts';
import { useFieldErrors } from '../form/use-field-errors.ts';
import { ProblemAlert } from '../layout/problem-alert.tsx';
import { Section } from '../layout/section.tsx';
import { useFlorin } from '../session/use-session.ts';
import type { TextId } from '../texts/all-texts.ts';
import { useText } from '../texts/use-text.ts';
import { changesOf, type ProductField, productFields, productRenames, typedValuesOf, valuesOf } from './product-form.ts';
import { productStatuses } from './product-status.tsx';
import { useCategories } from './use-categories.ts';

type Edited = WithEtag<Product>;
type FormOf = Record<ProductField, string>;
type Conflict = { mine: FormOf; theirs: Edited };

/** The form of a product. It sends what was changed with `If-Match`; when somebody else was faster, it shows both versions. */
export function ProductDetails({ product }: { product: Edited }) {
  const text = useText();
  const florin = useFlorin();
  const queries = useQueryClient();
  const { locale } = useIntl();
  // What the person began with. A read in the background must not change a form under its reader.
  const [base, setBase] = useState(product);
  const [conflict, setConflict] = useState<Conflict>();
  const [readError, setReadError] = useState<unknown>();
  const baseValues = valuesOf(base, locale);

  const showConflict = async (mine: FormOf) => {
    const { data, response } = await florin.get('/v1/products/{id}', { params: { path: { id: base.id } } });
    setConflict({ mine, theirs: { ...data, etag: response.headers.get('etag') ?? '' } });
  };
  const save = useAction(
    async ({ mine, onto }: { mine: FormOf; onto: Edited }) => {
      const body = changesOf(valuesOf(onto, locale), mine, { currency: onto.currency, locale });
      const params = { path: { id: onto.id }, header: { 'If-Match': onto.etag ?? '*' } };
      return florin.patch('/v1/products/{id}', { params, body });
    },
    {
      done: text('product.saved'),
      onDone: ({ data, response }) => {
        const saved = { ...data, etag: response.headers.get('etag') ?? '' };
        queries.setQueryData(['products', 'getOne', { id: saved.id, meta: undefined }], saved);
        setConflict(undefined);
        setBase(saved);
      },
      onError: (error, { mine }) => {
        if (isOutdated(error)) showConflict(mine).then(() => setReadError(undefined), setReadError);
      },
    },
  );
  const submit = async (values: FormValues) => void (await save.run({ mine: typedValuesOf(values), onto: base }));
  const errors = useFieldErrors(save.error, productFields, productRenames);
  return (
    <Section title={text('product.details')}>
      <Form
        key={base.etag}
        onSubmit={submit}
        defaultValues={baseValues}
        errors={errors}
        mode="onBlur"
        noValidate
        warnWhenUnsavedChanges
      >
        {save.error !== undefined && !isOutdated(save.error) && Object.keys(errors).length === 0 && (
          <ProblemAlert error={save.error} />
        )}
        {readError !== undefined && <ProblemAlert error={readError} />}
        <Fields currency={base.currency} isVariant={base.parentId !== undefined} />
        <Button type="submit" variant="contained" loading={save.isPending}>
          {text('action.save')}
        </Button>
      </Form>
      {conflict && (
        <ConflictDialog
          key={conflict.theirs.etag}
          differences={differencesOf({ base: baseValues, mine: conflict.mine, theirs: valuesOf(conflict.theirs, locale) })}
          labelOf={(field) => text(`product.${field}` as TextId)}
          isPending={save.isPending}
          onClose={() => setConflict(undefined)}
          onSave={(choices) => {
            const mine = mergedOf({ mine: conflict.mine, theirs: valuesOf(conflict.theirs, locale) }, choices) as FormOf;
            void save.run({ mine, onto: conflict.theirs });
          }}
        />
      )}
    </Section>
  );
}

/** Whether somebody else has saved the product since it was read. */
function isOutdated(error: unknown): boolean {
  return error instanceof FlorinProblem && error.status === 412;
}

/** A variant has its parent's name, description, brand, category and tags. */
function Fields({ currency, isVariant }: { currency: string; isVariant: boolean }) {
  const text = useText();
  const categories = useCategories();
  const number = (value: unknown) =>
    value === undefined || value === '' || Number(value) >= 0 ? undefined : text('product.numberFault');
  const plain = (field: ProductField) => <TextInput source={field} label={text(`product.${field}`)} helperText={false} />;
  const figure = (field: ProductField) => (
    <TextInput
      source={field}
      label={text(`product.${field}`)}
      helperText={false}
      validate={number}
      slotProps={{ htmlInput: { inputMode: 'decimal' } }}
    />
  );
  return (
    <Stack spacing={1.5} sx={{ marginTop: 2, marginBottom: 2 }}>
      {!isVariant && (
        <>
          <TextInput source="name" label={text('product.name')} validate={required()} helperText={false} />
          <TextInput source="description" label={text('product.description')} multiline minRows={3} helperText={false} />
        </>
      )}
      <Box
        sx={{
          display: 'grid',
          columnGap: 2,
          rowGap: 1.5,
          gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 15rem), 1fr))',
        }}
      >
        <SelectInput
          source="status"
          label={text('product.status')}
          choices={productStatuses.map((status) => ({ id: status, name: text(`productStatus.${status}`) }))}
          translateChoice={false}
          helperText={false}
          validate={required()}
        />
        {!isVariant && categories.length > 0 && (
          <SelectInput
            source="categoryId"
            label={text('product.categoryId')}
            choices={categories.map(({ id, path }) => ({ id, name: path }))}
            translateChoice={false}
            helperText={false}
            validate={required()}
          />
        )}
        <MoneyField source="price" label={text('product.price')} currency={currency} isRequired />
        <MoneyField source="compareAtPrice" label={text('product.compareAtPrice')} currency={currency} />
        {plain('sku')}
        {plain('barcode')}
        {plain('slug')}
        {figure('weightGrams')}
        {figure('lowStockThreshold')}
        {!isVariant && (
          <>
            {plain('brand')}
            {figure('taxRatePercent')}
            {plain('tags')}
          </>
        )}
      </Box>
    </Stack>
  );
}
