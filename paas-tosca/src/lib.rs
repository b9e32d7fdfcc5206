//! paas-tosca
