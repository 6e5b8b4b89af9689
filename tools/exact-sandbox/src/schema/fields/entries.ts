/** Properties of salesentry/SalesEntries: `name:type[:flag][*]`; w = GET/POST/PUT, c = GET/POST, u = GET/PUT, else GET; * = required on POST. */
export const SALES_ENTRY_FIELDS = `
  EntryID:guid:w AmountDC:dbl AmountFC:dbl BatchNumber:i32:w Created:date Creator:guid CreatorFullName:str
  Currency:str:w Customer:guid:w* CustomerName:str CustomField:str Description:str:w Division:i32
  Document:guid:w DocumentNumber:i32 DocumentSubject:str DueDate:date:w EntryDate:date:w EntryNumber:i32:w
  ExternalLinkDescription:str ExternalLinkReference:str:w GAccountAmountFC:dbl:w InvoiceNumber:i32:w
  IsExtraDuty:bool:w Journal:str:w* JournalDescription:str Modified:date Modifier:guid
  ModifierFullName:str OrderNumber:i32:w PaymentCondition:str:w PaymentConditionDescription:str
  PaymentConditionPaymentMethod:str PaymentReference:str:w ProcessNumber:i32:w Rate:dbl:w
  ReportingPeriod:i16:w ReportingYear:i16:w Reversal:bool:w SalesEntryLines:coll:w* Status:i16
  StatusDescription:str Type:i32 TypeDescription:str VATAmountDC:dbl VATAmountFC:dbl:w
  WithholdingTaxAmountDC:dbl:w WithholdingTaxBaseAmount:dbl:w WithholdingTaxPercentage:dbl:w YourRef:str:w
`;

/** Properties of salesentry/SalesEntryLines: `name:type[:flag][*]`; w = GET/POST/PUT, c = GET/POST, u = GET/PUT, else GET; * = required on POST. */
export const SALES_ENTRY_LINE_FIELDS = `
  ID:guid:w AmountDC:dbl AmountFC:dbl:w* Asset:guid:w AssetDescription:str CostCenter:str:w
  CostCenterDescription:str CostUnit:str:w CostUnitDescription:str CustomField:str Description:str:w
  Division:i32 EntryID:guid:w* ExtraDutyAmountFC:dbl:w ExtraDutyPercentage:dbl:w From:date:w
  GLAccount:guid:w* GLAccountCode:str GLAccountDescription:str IntraStatArea:str:w IntraStatCountry:str:w
  IntraStatDeliveryTerm:str:w IntraStatTransactionA:str:w IntraStatTransactionB:str:w
  IntraStatTransportMethod:str:w LineNumber:i32 Notes:str:w Project:guid:w ProjectDescription:str
  ProjectWBS:guid:w ProjectWBSDescription:str Quantity:dbl:w SerialNumber:str:w StatisticalNetWeight:dbl:w
  StatisticalNumber:str:w StatisticalQuantity:dbl:w StatisticalValue:dbl:w Subscription:guid:w
  SubscriptionDescription:str TaxSchedule:guid:w To:date:w TrackingNumber:guid:w
  TrackingNumberDescription:str Type:i32 VATAmountDC:dbl VATAmountFC:dbl:w VATBaseAmountDC:dbl:w
  VATBaseAmountFC:dbl:w VATCode:str:w VATCodeDescription:str VATPercentage:dbl:w
`;

/** Properties of read/financial/ReceivablesList: `name:type[:flag][*]`; w = GET/POST/PUT, c = GET/POST, u = GET/PUT, else GET; * = required on POST. */
export const RECEIVABLE_LIST_FIELDS = `
  HID:i64 AccountCode:str AccountId:guid AccountName:str Amount:dbl AmountInTransit:dbl CurrencyCode:str
  Description:str DueDate:date EntryNumber:i32 Id:guid InvoiceDate:date InvoiceNumber:i32 JournalCode:str
  JournalDescription:str Notes:coll YourRef:str
`;
