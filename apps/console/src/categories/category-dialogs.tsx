import { Typography } from '@mui/material';
import { required, SelectInput, TextInput } from 'react-admin';
import { FormDialog, type FormValues } from '../form/form-dialog.tsx';
import { useAction } from '../form/use-action.ts';
import { pathsOf } from '../products/category-paths.ts';
import type { Category } from '../products/use-categories.ts';
import { useFlorin } from '../session/use-session.ts';
import { useText } from '../texts/use-text.ts';
import { withDescendants } from './moves.ts';

/** The parent of a category at the top, as a choice of the form. */
const TOP = 'top';

type CategoryDialogProps = { tree: readonly Category[]; category?: Category; onClose: () => void };

/** Makes a category, or changes one and moves it. */
export function CategoryDialog({ tree, category, onClose }: CategoryDialogProps) {
  const text = useText();
  const florin = useFlorin();
  const action = useAction(
    async (values: FormValues) => {
      const body = {
        name: textOf(values['name']),
        description: textOf(values['description']),
        parentId: values['parentId'] === TOP ? null : textOf(values['parentId']),
      };
      if (category === undefined) return florin.post('/v1/categories', { body });
      const params = { path: { id: category.id }, header: { 'If-Match': `"${category.version}"` } };
      return florin.patch('/v1/categories/{id}', { params, body });
    },
    { done: text('categories.saved') },
  );
  const excluded = new Set(category === undefined ? [] : withDescendants(category));
  const parents = pathsOf(tree).filter(({ id }) => !excluded.has(id));
  const title = category === undefined ? text('categories.new') : text('categories.edit', { name: category.name });
  return (
    <FormDialog
      title={title}
      submit={text('action.save')}
      onClose={onClose}
      action={action}
      fields={['name', 'description', 'parentId']}
      defaultValues={{
        name: category?.name ?? '',
        description: category?.description ?? '',
        parentId: category?.parentId ?? TOP,
      }}
    >
      <TextInput source="name" label={text('categories.name')} validate={required()} helperText={false} />
      <TextInput source="description" label={text('categories.description')} helperText={false} multiline />
      <SelectInput
        source="parentId"
        label={text('categories.parent')}
        choices={[{ id: TOP, name: text('categories.top') }, ...parents.map(({ id, path }) => ({ id, name: path }))]}
        translateChoice={false}
        helperText={category === undefined ? false : text('categories.moveHint')}
        validate={required()}
      />
    </FormDialog>
  );
}

export function DeleteCategoryDialog({ category, onClose }: { category: Category; onClose: () => void }) {
  const text = useText();
  const florin = useFlorin();
  const action = useAction(
    async () => {
      const params = { path: { id: category.id }, header: { 'If-Match': `"${category.version}"` } };
      return florin.delete('/v1/categories/{id}', { params });
    },
    { done: text('categories.deleted') },
  );
  return (
    <FormDialog
      title={text('categories.deleteTitle')}
      submit={text('categories.deleteTitle')}
      tone="error"
      onClose={onClose}
      action={action}
    >
      <Typography>{text('categories.deleteText', { name: category.name })}</Typography>
    </FormDialog>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
