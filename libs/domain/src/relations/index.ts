export {
  sharedFieldNames,
  sharedFields,
  type Address,
  type FieldClass,
  type LocalValues,
  type SharedField,
  type SharedValues,
  type SourceFields,
} from './fields.js';
export type { SourceRelation } from './source-relation.js';
