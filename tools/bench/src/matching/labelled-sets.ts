import path from 'node:path';

/** Where labelled files stand, on machines that have them. */
export const datasets = path.resolve(import.meta.dirname, '../../../../../shared/datasets');
const schemas = path.resolve(import.meta.dirname, '../../src/schemas');

/** A labelled file: SQL for the id and the label, how it becomes input, and what is promised of the final clusters. */
export interface LabelledSet {
  readonly goal: string;
  readonly name: string;
  readonly file: string;
  readonly id: string;
  readonly entity: string;
  readonly schema: string;
  readonly f1AtLeast: number;
  readonly reference: string;
}

const febrl = {
  id: 'rec_id',
  entity: `split_part(rec_id, '-', 2)`,
  schema: path.join(schemas, 'febrl.json'),
};

export const labelledSets: readonly LabelledSet[] = [
  {
    ...febrl,
    goal: 'G1',
    name: 'FEBRL1, in place of FEBRL4',
    file: path.join(datasets, 'febrl/dataset1.csv'),
    f1AtLeast: 0.9995,
    reference: 'ECM .9995, Splink .9992 on FEBRL4',
  },
  {
    ...febrl,
    goal: 'G1',
    name: 'FEBRL2, in place of FEBRL4',
    file: path.join(datasets, 'febrl/dataset2.csv'),
    f1AtLeast: 0.9995,
    reference: 'ECM .9995, Splink .9992 on FEBRL4',
  },
  {
    ...febrl,
    goal: 'G2',
    name: 'FEBRL3',
    file: path.join(datasets, 'febrl/dataset3.csv'),
    f1AtLeast: 0.9978,
    reference: 'ECM .9977, Splink .9972',
  },
  {
    goal: 'G3',
    name: 'fake_1000',
    file: path.join(datasets, 'fake_1000/fake_1000.csv'),
    id: 'unique_id',
    entity: 'cluster',
    schema: path.join(schemas, 'fake_1000.json'),
    f1AtLeast: 0.93,
    reference: 'Splink .9226',
  },
  {
    goal: 'G4',
    name: 'csv_example',
    file: path.join(datasets, 'dedupe_csv_example/csv_example_input_with_true_ids.csv'),
    id: '"Id"',
    entity: '"True Id"',
    schema: path.join(schemas, 'csv_example.json'),
    f1AtLeast: 0.9,
    reference: 'Splink .870',
  },
];

/** 10,000 Dutch relations that were not made by the generator of this folder. */
export const dutchFile = path.join(datasets, 'nl_synthetic/nl_10k.csv');
