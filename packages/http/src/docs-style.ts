/** Style of the page of an API document, after that of Swagger UI: contrast (WCAG 2.1 AA), and narrow screens. */
export const docsStyle = `body{margin:0;background:#fff;color:#1b1b1b;font:16px/1.5 system-ui,sans-serif}
.start{max-width:1460px;margin:0 auto;padding:1rem 20px 0}.start>*{max-width:50rem}
.start pre{background:#f1f1f1;padding:.75rem;white-space:pre-wrap;overflow-wrap:anywhere}
.swagger-ui .info hgroup.main,.swagger-ui .info__license,.swagger-ui .close-modal{display:none}
.swagger-ui .info{margin:1rem 0}
.swagger-ui .info a,.swagger-ui a.link{color:#1f5fa8}
.swagger-ui .btn.authorize{border-color:#14693f;color:#14693f}.swagger-ui .btn.authorize svg{fill:#14693f}
.swagger-ui .btn.cancel{border-color:#b71c1c;color:#b71c1c}
.swagger-ui .btn.execute{background:#1f5fa8;border-color:#1f5fa8}
.swagger-ui .download-contents{background:#4b5060}
.swagger-ui .opblock.opblock-get .opblock-summary-method{background:#1f69a8}
.swagger-ui .opblock.opblock-post .opblock-summary-method{background:#187048}
.swagger-ui .opblock.opblock-put .opblock-summary-method{background:#9a5200}
.swagger-ui .opblock.opblock-patch .opblock-summary-method{background:#0d6e60}
.swagger-ui .opblock.opblock-delete .opblock-summary-method{background:#b92c2c}
.swagger-ui .opblock.opblock-deprecated .opblock-summary-method{background:#595959}
.swagger-ui .parameter__in,.swagger-ui .parameter__deprecated,.swagger-ui .response-control-media-type__accept-message{color:#595959}
.swagger-ui [class*=json-schema-2020-12] button,.swagger-ui [class*=json-schema-2020-12__attribute]{color:#4b4b4b}
.swagger-ui .microlight,.swagger-ui .highlight-code>.microlight{background:#1b1b1b!important;max-height:none!important;overflow:visible!important;white-space:pre-wrap!important;overflow-wrap:anywhere}
.swagger-ui .curl span{color:#fff!important}
@media(max-width:640px){.swagger-ui .response-col_links,.swagger-ui .responses-header .col_header:last-child{display:none}
.swagger-ui .parameters td{display:block;width:auto}.swagger-ui table.parameters thead{display:none}
.swagger-ui .opblock-section-header{flex-wrap:wrap}.swagger-ui .wrapper{padding:0 12px}}`;
